package dunlin.host.compile;

import dunlin.firmware.Frame;
import dunlin.host.compile.Traffic.Kind;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts the frames of one link, acknowledgements included. A node that has taken frames and sent
 * none since owes an acknowledgement. It pays with a frame of its own as soon as what is to come
 * would not fit the other end's credit otherwise ({@link dunlin.firmware.Link#expect}).
 */
final class LinkMeter {
  /** Of the pass under way. */
  private Map<Kind, Volume> down;

  private Map<Kind, Volume> up;

  /** Frames that the end further from the host has taken since it last sent one. */
  private int owedBelow;

  /** Frames that the end nearer to the host has taken since it last sent one. */
  private int owedAbove;

  /** Starts a pass. */
  void begin() {
    down = new EnumMap<>(Kind.class);
    up = new EnumMap<>(Kind.class);
  }

  /** Ends the pass: the next request must fit. */
  LinkTraffic end() {
    owedBelow = expect(1, owedBelow, up);
    return new LinkTraffic(down, up);
  }

  /** A frame away from the host that stands for itself. */
  void down(Kind kind, int payload) {
    down.merge(kind, Volume.of(1, payload), Volume::plus);
    owedAbove = 0;
    owedBelow++;
  }

  /** A frame towards the host that stands for itself. */
  void up(Kind kind, int payload) {
    up.merge(kind, Volume.of(1, payload), Volume::plus);
    owedBelow = 0;
    owedAbove++;
  }

  /**
   * An input, from the host: who takes its frames counts those that are left, and the request,
   * behind each ({@code Input}).
   */
  void input(int bytes) {
    for (int left = bytes; left > 0; left -= Frame.MAX_PAYLOAD) {
      down(Kind.INPUT, Math.min(left, Frame.MAX_PAYLOAD));
      owedBelow = expect(1, owedBelow, up);
    }
  }

  /** A frame to the host, who cannot know how many are to come. */
  void upToHost(Kind kind, int payload) {
    int owed = expect(Frame.WINDOW, owedAbove, down);
    up(kind, payload);
    owedAbove = owed + 1;
  }

  /** A frame for the host, passed on by a node that cannot know how many are to come. */
  void relayed(Kind kind, int payload) {
    upToHost(kind, payload);
    owedAbove = expect(Frame.WINDOW, owedAbove, down);
  }

  /** A message of a collective, away from the host: {@code count} units in as few frames. */
  void messageDown(Kind kind, int count, int unitBytes) {
    int frames = frames(count, unitBytes);
    down.merge(kind, Volume.of(frames, (long) count * unitBytes), Volume::plus);
    owedAbove = frames == 0 ? owedAbove : 0;
    owedBelow = take(frames, owedBelow, up);
  }

  /** A message of a collective, towards the host. */
  void messageUp(Kind kind, int count, int unitBytes) {
    int frames = frames(count, unitBytes);
    up.merge(kind, Volume.of(frames, (long) count * unitBytes), Volume::plus);
    owedBelow = frames == 0 ? owedBelow : 0;
    owedAbove = take(frames, owedAbove, down);
  }

  /** No unit is cut in two. */
  private static int frames(int count, int unitBytes) {
    int most = Frame.MAX_PAYLOAD / unitBytes;
    return (count + most - 1) / most;
  }

  /** Takes so many frames, and acknowledges on the way {@code back}; what is owed afterwards. */
  private static int take(int frames, int owedBefore, Map<Kind, Volume> back) {
    int owed = owedBefore;
    for (int left = frames; left > 0; left--) {
      owed = expect(left, owed, back) + 1;
    }
    return owed;
  }

  /** Acknowledges, if so many frames do not fit beside those owed; what is owed afterwards. */
  private static int expect(int frames, int owed, Map<Kind, Volume> back) {
    if (owed < Frame.WINDOW - 1 || owed + frames <= Frame.WINDOW) {
      return owed;
    }
    back.merge(Kind.ACKNOWLEDGEMENT, Volume.of(1, 0), Volume::plus);
    return 0;
  }
}
