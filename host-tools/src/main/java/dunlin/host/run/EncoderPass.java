package dunlin.host.run;

import dunlin.host.model.EncoderInput;
import dunlin.host.model.Features;
import dunlin.host.model.TokenSequence;
import dunlin.host.quantise.QuantisedEncoder;

/**
 * Asks a flock about an input of any kind.
 *
 * @param most tokens of a text
 */
public record EncoderPass(Classifier classifier, QuantisedEncoder model, int most) {
  /**
   * The logits of an input, and the label of its last token.
   *
   * @throws dunlin.boards.Refusal if it has another shape than the model takes
   */
  public PassResult of(EncoderInput input) {
    if (input instanceof TokenSequence text) {
      byte[] bytes = TokenInput.of(model.config(), text, most);
      return classifier.classify(bytes, text.tokens().length);
    }
    return classifier.classify(FeatureInput.of(model, (Features) input));
  }
}
