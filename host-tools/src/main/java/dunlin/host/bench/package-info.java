/** Speed on emulated cores: {@link dunlin.host.bench.KernelBench} is the way in. */
package dunlin.host.bench;
