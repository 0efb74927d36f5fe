/**
 * How far the integers are from the floats: the entry points are {@link
 * dunlin.host.evaluate.Evaluation} and {@link dunlin.host.evaluate.LayerComparison}.
 */
package dunlin.host.evaluate;
