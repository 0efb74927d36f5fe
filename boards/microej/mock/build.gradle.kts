plugins {
    id("com.microej.gradle.mock") version "1.3.1"
}

group = "dunlin"
version = "0.1.0"

sourceSets {
    main {
        java {
            // ./dunlin build --board microej --output boards/microej/build/dunlin
            srcDir("../build/dunlin/mock")
            // A mock is one jar: the kernels themselves, the very sources that boards run.
            srcDir("../../../kernels/src/main/java")
        }
    }
}

dependencies {
    compileOnly("com.microej.tool.runtime:mock-api:2.6.0")
}
