package dunlin.boards.microej;

/** The image, which lies in flash, where there are no arrays. */
public final class ImageInFlash {
  private ImageInFlash() {}

  /** The word at {@code at}, a multiple of four. */
  public static native int word(int at);
}
