plugins {
    id("com.microej.gradle.application") version "1.3.1"
}

group = "dunlin"
version = "0.1.0"

microej {
    applicationEntryPoint = "dunlin.example.Main"
}

dependencies {
    implementation("ej.api:edc:1.3.7")

    // ./dunlin build --board microej --output boards/microej/build/dunlin
    implementation(files("../build/dunlin/dunlin-node.jar"))

    // The natives in the simulator; for any other VEE Port than one of SDK 6, README.md says what to do.
    microejMock(project(":mock"))

    // Your VEE Port, with the C of this folder and the kernel library linked into it: README.md, step 5.
    // microejVee("com.mycompany:my-veeport:1.0.0")
}
