/**
 * What takes the place of TeaVM's runtime, and of {@link dunlin.kernels.Dsp}'s desktop bodies, in
 * firmware. Board Java, but for the natives: they are the C functions of {@code cortexm.h} and
 * {@code kernels.h}, inlined.
 */
package dunlin.boards.runtime;
