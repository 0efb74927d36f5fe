/**
 * Reads what encoders classify: safetensors, CSV and WAV files become {@link
 * dunlin.host.model.Features}. {@link dunlin.host.features.FeatureFiles} is the way in. Texts are
 * read as they are ({@link dunlin.host.features.TextFiles}).
 */
package dunlin.host.features;
