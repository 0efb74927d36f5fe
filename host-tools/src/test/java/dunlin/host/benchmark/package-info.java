/**
 * JMH benchmarks: {@code mvn verify -Pbenchmark -DskipTests -pl host-tools -am}, options of JMH by
 * {@code -Djmh="TokenBenchmark -f 1"}.
 */
package dunlin.host.benchmark;
