package dunlin.hil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dunlin.boards.BoardType;
import dunlin.boards.BoardTypes;
import dunlin.boards.sni.ManagedNode;
import dunlin.boards.sni.MicroEjBuild;
import dunlin.boards.sni.NativeMethod;
import dunlin.host.compile.Compiler;
import dunlin.host.compile.NodeImage;
import dunlin.host.flock.ImportedModel;
import dunlin.host.plan.LinkKind;
import dunlin.host.plan.Plan;
import dunlin.host.plan.PlanOptions;
import dunlin.host.plan.Planner;
import dunlin.host.plan.Topology;
import dunlin.host.quantise.QuantisedEncoder;
import dunlin.host.run.Classifier;
import dunlin.host.run.Console;
import dunlin.host.run.Coordinator;
import dunlin.host.run.DeskFlock;
import dunlin.host.run.EmulatedFlock;
import dunlin.host.run.PassResult;
import dunlin.host.run.SerialCable;
import dunlin.host.serial.LineSettings;
import dunlin.host.serial.SerialPorts;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Type;

/** The mock for MicroEJ's simulator, in a double of it. */
class SimulatorTest {
  private static final BoardType BOARD = BoardTypes.named(MicroEjBuild.BOARD);
  private static final int CONTEXT = 64;
  private static final int TOKENS = 24;

  @TempDir private Path folder;

  @Test
  void shouldHaveAMethodForEveryNativeAndNoOther() throws IOException, ClassNotFoundException {
    Set<String> natives = new TreeSet<>();
    ManagedNode.build()
        .natives()
        .forEach(method -> natives.add(method.owner() + "." + method.name() + method.descriptor()));
    ClassLoader mock = MockBuild.loader();
    Set<String> mocked = new TreeSet<>();
    for (String owner : owners()) {
      for (Method method : mock.loadClass(owner.replace('/', '.')).getMethods()) {
        if (method.getDeclaringClass() != Object.class) {
          assertEquals(Modifier.PUBLIC | Modifier.STATIC, method.getModifiers());
          mocked.add(owner + "." + method.getName() + Type.getMethodDescriptor(method));
        }
      }
    }
    assertEquals(natives, mocked);
  }

  private static Set<String> owners() {
    return ManagedNode.build().natives().stream()
        .map(NativeMethod::owner)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("slow")
  void shouldTellTheStoryThatTheFirmwareTells(boolean copyEachArgument) throws Exception {
    ImportedModel model = ImportedModel.read(Path.of("..", "models", "stint").toString());
    Plan plan = plan(model, PlanOptions.DEFAULT.withContext(CONTEXT));
    Function<Console, GoldenStory> tell = root -> GoldenStory.tell(root, model.tokenizer(), TOKENS);
    assertEquals(tell.apply(new EmulatedFlock(plan)), ask(plan, copyEachArgument, tell));
  }

  @Test
  @Tag("slow")
  void shouldClassifyAsTheFirmwareDoes() throws Exception {
    QuantisedEncoder encoder = SmallEncoder.quantised();
    Plan plan = Planner.plan(encoder, BOARD, PlanOptions.DEFAULT);
    PassResult expected = classify(new EmulatedFlock(plan), encoder);
    PassResult result = ask(plan, true, root -> classify(root, encoder));
    assertArrayEquals(expected.logits(), result.logits());
  }

  /** What the only node of a plan has for a host. */
  private <T> T ask(Plan plan, boolean copyEachArgument, Function<Console, T> host)
      throws Exception {
    Programs.require("socat");
    int console = freePort();
    Map<String, String> options =
        Map.of("dunlin.image", image(plan, 0), "dunlin.uart.0", Integer.toString(console));
    try (SimulatedNode node = new SimulatedNode(MockBuild.loader(), options, copyEachArgument);
        SocatTerminal terminal = terminal(console);
        DeskFlock flock = new DeskFlock(cable(terminal), plan)) {
      T answer = host.apply(flock);
      assertTrue(node.isRunning());
      return answer;
    }
  }

  private static PassResult classify(Console root, QuantisedEncoder encoder) {
    Coordinator coordinator = new Coordinator(root);
    Classifier classifier = new Classifier(coordinator, coordinator.hello());
    return classifier.classify(SmallEncoder.input(encoder));
  }

  @ParameterizedTest
  @EnumSource(LinkKind.class)
  @Tag("slow")
  void shouldBeAFlockOfTwo(LinkKind link) throws Exception {
    Programs.require("socat");
    ImportedModel model = ImportedModel.read(Path.of("..", "models", "stint").toString());
    PlanOptions options = PlanOptions.DEFAULT.nodes(2, Topology.TREE).with(link);
    Plan plan = plan(model, options.withContext(CONTEXT));
    GoldenStory expected = GoldenStory.tell(new EmulatedFlock(plan), model.tokenizer(), TOKENS);
    int console = freePort();
    int wire = freePort();
    Map<String, String> root =
        Map.of(
            "dunlin.image",
            image(plan, 0),
            "dunlin.uart.0",
            Integer.toString(console),
            port(plan.wiring().childPort(0, 1)),
            Integer.toString(wire));
    Map<String, String> leaf =
        Map.of(
            "dunlin.image", image(plan, 1), port(plan.wiring().parentPort(1)), "localhost:" + wire);
    try (SimulatedNode parent = new SimulatedNode(MockBuild.loader(), root, true);
        SimulatedNode child = new SimulatedNode(MockBuild.loader(), leaf, true);
        SocatTerminal terminal = terminal(console);
        DeskFlock flock = new DeskFlock(cable(terminal), plan)) {
      assertEquals(expected, GoldenStory.tell(flock, model.tokenizer(), TOKENS));
      assertTrue(parent.isRunning() && child.isRunning());
    }
  }

  /** The option that says where a port leads. */
  private static String port(int number) {
    int uarts = BOARD.uart().count();
    return number < uarts ? "dunlin.uart." + number : "dunlin.spi." + (number - uarts);
  }

  private SocatTerminal terminal(int console) throws IOException, InterruptedException {
    return new SocatTerminal(folder, "tcp:localhost:" + console + ",retry=50,interval=0.1");
  }

  private static SerialCable cable(SocatTerminal terminal) {
    return new SerialCable(SerialPorts.open(terminal.path(), LineSettings.of8N1(921_600)));
  }

  private static Plan plan(ImportedModel model, PlanOptions options) {
    return Planner.plan(model.quantised(), BOARD, options);
  }

  private String image(Plan plan, int rank) throws IOException {
    NodeImage image = Compiler.compile(plan).get(rank);
    return Files.write(folder.resolve("rank" + rank), image.bytes()).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
