/**
 * From a float model to integers: calibration measures, equalisation moves scale between
 * neighbouring weights, quantisation rounds. The entry point is {@link
 * dunlin.host.quantise.Quantiser}; all that affects a bit of any result is in the {@link
 * dunlin.host.quantise.QuantisedModel} that comes out, and in its hash.
 */
package dunlin.host.quantise;
