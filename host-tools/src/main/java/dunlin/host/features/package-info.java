/**
 * Reads what encoders classify: safetensors, CSV and WAV files become {@link
 * dunlin.host.model.Features}. {@link dunlin.host.features.FeatureFiles} is the way in.
 */
package dunlin.host.features;
