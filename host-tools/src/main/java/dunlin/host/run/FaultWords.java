package dunlin.host.run;

import dunlin.boards.BoardTypes;
import dunlin.boards.Refusal;
import dunlin.firmware.Fault;

/** A node's fault in words for people. */
final class FaultWords {
  private FaultWords() {}

  static Refusal refusal(int code, int detail) {
    return switch (code) {
      case Fault.NO_IMAGE -> refusal("holds no image", "build one and flash it");
      case Fault.IMAGE_FORMAT ->
          refusal("holds an image of format " + detail, "build and flash it anew");
      case Fault.IMAGE_HEADER ->
          refusal("holds an image with a bad header, at byte " + detail, "flash it again");
      case Fault.IMAGE_BODY -> refusal("holds a damaged image", "flash it again");
      case Fault.RAM_TOO_SMALL ->
          refusal(
              "has too little RAM in region " + detail + " for its image",
              "build for this board, or with a smaller --context");
      case Fault.UNKNOWN_OP ->
          refusal("does not know op " + detail + " of its program", "update its firmware");
      case Fault.UNKNOWN_FRAME -> refusal("does not take frames of kind " + detail, UPDATE);
      case Fault.ROWS -> refusal("does not take a pass of " + detail + " rows", UPDATE);
      case Fault.POSITION ->
          refusal("stands at position " + detail + ", the pass does not", "start the text again");
      case Fault.TOKEN -> refusal("does not know token " + detail, "use the model's tokenizer");
      case Fault.TYPE ->
          refusal("does not know type " + detail + " of a token", "use the model's tokenizer");
      case Fault.SAMPLING ->
          refusal(
              "cannot sample with " + detail,
              "choose a temperature and a top-k that its image allows");
      case Fault.CHILD_RESET ->
          new LostContact("the board on port " + detail + " was reset", "start the text again");
      case Fault.OUT_OF_STEP ->
          refusal(
              "took collective "
                  + (detail & 0xffff)
                  + " for another one on port "
                  + (detail >>> 16),
              "flash all boards from one plan, and run again");
      case Fault.LOST_PEER ->
          new LostContact(
              "the node waited too long for a neighbour, at op " + detail,
              "check the neighbours' power and wiring, and run again");
      case Fault.WEIGHT_LAYOUT ->
          refusal("holds weights packed for another core", "build its image for this board");
      case Fault.OTHER_BOARD ->
          refusal(
              "is no " + BoardTypes.nameOf(detail) + ", for which its image is",
              "build for its board");
      case Fault.NO_NODE ->
          new LostContact(
              "the board on port " + detail + " has not answered", "check its power and wiring");
      case Fault.BUSY -> refusal("runs a pass, at op " + detail, "let that end first");
      case Fault.FIXED_FLASH ->
          refusal(
              "cannot program its own flash, from byte " + detail + " of its image on",
              "flash it with --by uart or --by st-link");
      case Fault.INPUT ->
          refusal("holds " + detail + " bytes of its input, not all that a pass takes", UPDATE);
      case Fault.UNKNOWN_ORDER -> refusal("does not take flash order " + detail, UPDATE);
      default -> refusal("reports fault " + code + ", " + detail, UPDATE);
    };
  }

  private static final String UPDATE = "bring host and firmware to one version";

  private static Refusal refusal(String what, String remedy) {
    return new Refusal("the node " + what, remedy);
  }
}
