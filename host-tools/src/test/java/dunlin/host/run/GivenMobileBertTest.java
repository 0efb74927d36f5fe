package dunlin.host.run;

import dunlin.host.SharedModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/**
 * MobileBERT with the weights that somebody trained, where they are given: {@code mobilebert}
 * beside the other shared models, a folder as transformers saves it.
 */
@Tag("slow")
class GivenMobileBertTest extends TrainedEncoder {
  GivenMobileBertTest() {
    super(0.99, 0.99);
  }

  @Override
  protected Path folder(Path empty) {
    return SharedModels.require("mobilebert");
  }
}
