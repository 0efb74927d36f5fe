package dunlin.host.compile;

import dunlin.boards.BoardType.Weights;
import dunlin.boards.BoardTypes;
import dunlin.firmware.Crc32;
import dunlin.firmware.ImageHeader;
import dunlin.host.SmallModels;
import dunlin.host.model.FloatModel;
import dunlin.host.model.LlamaConfig;
import dunlin.host.model.RandomModel;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.PlanOptions.Inspection;
import dunlin.host.plan.Planner;
import dunlin.host.quantise.QuantisedModel;
import dunlin.kernels.Dsp;

/** Images for tests that read them. */
public final class Images {
  private Images() {}

  /** A small image; taps make its program longer. */
  public static byte[] small(Weights weights, Inspection inspection) {
    LlamaConfig config = new LlamaConfig(4, 3, 1, 2, 1, 2, 5, 3, 1e-5, 10_000);
    FloatModel model = RandomModel.of(config, false, 1);
    QuantisedModel quantised = SmallModels.quantise(model);
    PlanOptions options = new PlanOptions(0, 0, weights, inspection);
    Plan plan = Planner.plan(quantised, BoardTypes.named("emulated"), options);
    return Compiler.compile(plan).get(0).bytes();
  }

  /** Makes both CRCs match, where the header's size allows it: what a lying image would have. */
  public static byte[] sealed(byte[] image) {
    int size = image.length < ImageHeader.BYTES ? 0 : Dsp.load32(image, ImageHeader.IMAGE_BYTES);
    if (size >= ImageHeader.BYTES && size <= image.length) {
      Crc32 crc = new Crc32();
      int body = crc.update(0, image, ImageHeader.BYTES, size - ImageHeader.BYTES);
      Dsp.store32(image, ImageHeader.BODY_CRC, body);
      Dsp.store32(image, ImageHeader.HEADER_CRC, ImageHeader.headerCrc(image, crc));
    }
    return image;
  }
}
