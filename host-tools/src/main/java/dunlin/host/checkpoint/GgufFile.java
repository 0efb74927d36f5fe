package dunlin.host.checkpoint;

import dunlin.boards.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a GGUF file (ggml's docs/gguf.md), versions 2 and 3, little-endian:
 *
 * <pre>
 *    0  "GGUF", version                            uint32
 *    8  tensors, metadata entries                  uint64
 *   24  each entry:   key, type, value             string, uint32, {@link GgufValues}
 *       each tensor:  name                         string
 *                     n, extents, fastest first    uint32, n × uint64
 *                     type                         uint32
 *                     offset                       uint64, from the data's start
 *       zeros, then data: it and all that it holds start at multiples of general.alignment
 * </pre>
 *
 * @param version 2 or 3
 * @param metadata by key: {@code Long}, {@code Double}, {@code Boolean}, {@code String}, or a list
 *     of one of them
 * @param tensors by name, each within the file, none overlapping another
 */
record GgufFile(
    Path file, int version, Map<String, Object> metadata, Map<String, StoredTensor> tensors) {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int MOST_EXTENTS = 4; // GGML_MAX_DIMS
  private static final long MOST_ALIGNMENT = 1 << 16;
  private static final String REMEDY = "it is cut short, damaged or not GGUF; download it again";

  /** By number; ggml.h. Those without a name were removed from the format. */
  private static final List<String> TYPES =
      List.of(
          "F32", "F16", "Q4_0", "Q4_1", "", "", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K",
          "Q4_K", "Q5_K", "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL",
          "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32", "I64", "F64", "IQ1_M", "BF16", "", "", "",
          "TQ1_0", "TQ2_0", "", "", "", "MXFP4");

  private static final Map<String, ElementType> READ =
      Map.of("F32", ElementType.F32, "F16", ElementType.F16, "Q8_0", ElementType.Q8_0);

  /**
   * Reads the header.
   *
   * @throws Refusal if it is damaged, or holds tensors of other types than F32, F16 and Q8_0
   */
  static GgufFile read(Path file) throws IOException {
    try (GgufValues values = new GgufValues(file)) {
      return new Reader(file, values.size(), values).read();
    }
  }

  /** Whether {@code file} is named as GGUF is. */
  static boolean recognises(Path file) {
    return file.toString().endsWith(".gguf");
  }

  private record Reader(Path file, long size, GgufValues values) {
    GgufFile read() throws IOException {
      if (size < 24 || values.word() != MAGIC) {
        throw refusal("does not begin with GGUF and its counts");
      }
      int version = values.word();
      if (version != 2 && version != 3) {
        throw new Refusal(
            file + ": GGUF version " + Integer.toUnsignedString(version),
            "convert the model again: versions 2 and 3 are read, little-endian");
      }
      long tensors = values.number();
      Map<String, Object> metadata = metadata(values.number());
      List<StoredTensor> stored = new ArrayList<>();
      for (long i = 0; Long.compareUnsigned(i, tensors) < 0; i++) {
        stored.add(tensor());
      }
      return new GgufFile(file, version, metadata, placed(stored, dataStart(metadata)));
    }

    private Map<String, Object> metadata(long count) throws IOException {
      Map<String, Object> metadata = new LinkedHashMap<>();
      for (long i = 0; Long.compareUnsigned(i, count) < 0; i++) {
        String key = values.string();
        if (metadata.putIfAbsent(key, values.value()) != null) {
          throw refusal(ModelJson.oneLine(key) + " is there twice");
        }
      }
      return metadata;
    }

    /** Its offset still from the data's start. */
    private StoredTensor tensor() throws IOException {
      String name = values.string();
      int count = values.word();
      if (count < 1 || count > MOST_EXTENTS) {
        throw refusal(name, Integer.toUnsignedString(count) + " extents");
      }
      List<Integer> shape = new ArrayList<>();
      long elements = 1;
      for (int i = 0; i < count; i++) {
        long extent = values.number();
        if (extent < 1 || extent > 32 * size / elements) { // no type has more in a byte
          throw refusal(name, "extent " + Long.toUnsignedString(extent) + " in so small a file");
        }
        elements *= extent;
        shape.add(0, Math.toIntExact(Math.min(extent, Integer.MAX_VALUE)));
      }
      ElementType type = type(name, values.word());
      if (shape.get(count - 1) % type.blockElements() != 0 || elements > Integer.MAX_VALUE) {
        throw refusal(name, "shape " + shape + " is no whole number of blocks, or too large");
      }
      return new StoredTensor(name, type, shape, file, values.number());
    }

    private ElementType type(String name, int number) {
      String type = number >= 0 && number < TYPES.size() ? TYPES.get(number) : "";
      if (!READ.containsKey(type)) {
        throw new Refusal(
            "%s: tensor %s is of type %s"
                .formatted(
                    file,
                    ModelJson.oneLine(name),
                    type.isEmpty() ? Integer.toUnsignedString(number) : type),
            "convert the model with F32, F16 or Q8_0 (llama.cpp's --outtype)");
      }
      return READ.get(type);
    }

    private long dataStart(Map<String, Object> metadata) {
      Object alignment = metadata.getOrDefault("general.alignment", 32L);
      if (!(alignment instanceof Long a) || a < 1 || a > MOST_ALIGNMENT) {
        throw refusal("general.alignment is " + ModelJson.oneLine(alignment.toString()));
      }
      return (values.read() + a - 1) / a * a;
    }

    private Map<String, StoredTensor> placed(List<StoredTensor> stored, long start) {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (StoredTensor tensor : stored) {
        long offset = tensor.offset();
        if (offset < 0 || offset > size - start - tensor.bytes()) {
          throw refusal(tensor.name(), "its data do not lie within the file");
        }
        StoredTensor placed =
            new StoredTensor(tensor.name(), tensor.type(), tensor.shape(), file, start + offset);
        if (tensors.put(tensor.name(), placed) != null) {
          throw refusal(tensor.name(), "is there twice");
        }
      }
      checkApart(tensors.values().stream().toList());
      return tensors;
    }

    /** Data that two tensors share would let a small file stand for a large model. */
    private void checkApart(List<StoredTensor> tensors) {
      long free = 0;
      for (StoredTensor tensor :
          tensors.stream().sorted(Comparator.comparingLong(StoredTensor::offset)).toList()) {
        if (tensor.offset() < free) {
          throw refusal(tensor.name(), "overlaps another");
        }
        free = tensor.offset() + tensor.bytes();
      }
    }

    private Refusal refusal(String name, String what) {
      return refusal("tensor " + ModelJson.oneLine(name) + ": " + what);
    }

    private Refusal refusal(String what) {
      return new Refusal(file + ": " + what, REMEDY);
    }
  }
}
