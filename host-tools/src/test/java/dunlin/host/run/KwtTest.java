package dunlin.host.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardTypes;
import dunlin.host.KwtReference;
import dunlin.host.flock.ImportedEncoder;
import dunlin.host.flock.Progress;
import dunlin.host.model.EncoderModel;
import dunlin.host.model.Features;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.EncoderCalibration;
import dunlin.host.quantise.EncoderQuantiser;
import dunlin.host.quantise.Fusing;
import dunlin.host.quantise.QuantisedEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** KWT-1 on emulated boards, against what its own program made of four clips. */
@Tag("slow")
class KwtTest {
  /** Calibrated on the clips themselves. */
  private static final double LEAST_COSINE = 0.9988;

  /** Calibrated on none of them. */
  private static final double LEAST_COSINE_UNSEEN = 0.996;

  private final List<KwtReference> clips = new ArrayList<>();
  private EncoderModel model;
  private EncoderCalibration calibration;

  @BeforeEach
  void read() throws IOException {
    model = KwtReference.model();
    List<Features> features = new ArrayList<>();
    for (String clip : KwtReference.CLIPS) {
      clips.add(KwtReference.read(clip));
      features.add(clips.get(clips.size() - 1).features());
    }
    calibration = EncoderCalibration.measure(model, features, done -> {});
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "ALWAYS"})
  void shouldHearWhatTheFloatModelHears(Fusing fusing) {
    assertHears(EncoderQuantiser.quantise(model, calibration, fusing), LEAST_COSINE);
  }

  @ParameterizedTest
  @EnumSource(names = {"NEVER", "ALWAYS"})
  void shouldHearItWhereCalibratedOnMadeSounds(Fusing fusing) {
    ImportedEncoder imported = new ImportedEncoder("kwt1", model);
    assertHears(imported.quantised(null, fusing, Progress.NONE), LEAST_COSINE_UNSEEN);
  }

  private void assertHears(QuantisedEncoder quantised, double leastCosine) {
    Classifier classifier = flock(quantised, 1);
    for (KwtReference clip : clips) {
      PassResult heard = classifier.classify(FeatureInput.of(quantised, clip.features()));
      assertEquals(clip.label(), model.config().labels().get(heard.token()));
      double cosine = cosine(clip.logits(), heard.logits());
      assertTrue(cosine >= leastCosine, () -> clip.label() + " " + cosine);
    }
  }

  @Test
  void shouldHearTheSameOnAnyNumberOfBoards() {
    QuantisedEncoder quantised = EncoderQuantiser.quantise(model, calibration, Fusing.FASTER);
    List<int[]> alone = logits(quantised, 1);
    for (int nodes : new int[] {2, 3, 4, 8}) {
      List<int[]> flock = logits(quantised, nodes);
      for (int clip = 0; clip < clips.size(); clip++) {
        assertArrayEquals(alone.get(clip), flock.get(clip), nodes + " nodes");
      }
    }
  }

  private List<int[]> logits(QuantisedEncoder quantised, int nodes) {
    Classifier classifier = flock(quantised, nodes);
    return clips.stream()
        .map(clip -> classifier.classify(FeatureInput.of(quantised, clip.features())).logits())
        .toList();
  }

  private static Classifier flock(QuantisedEncoder quantised, int nodes) {
    Plan plan =
        Planner.plan(
            quantised,
            BoardTypes.named("emulated"),
            PlanOptions.DEFAULT.nodes(nodes, Topology.TREE));
    Coordinator coordinator = new Coordinator(new EmulatedFlock(plan));
    return new Classifier(coordinator, coordinator.hello());
  }

  private static double cosine(float[] a, int[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * (double) b[i];
      squaresA += a[i] * (double) a[i];
      squaresB += b[i] * (double) b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }
}
