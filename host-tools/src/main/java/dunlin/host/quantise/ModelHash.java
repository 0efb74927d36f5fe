package dunlin.host.quantise;

import dunlin.host.model.LlamaConfig;
import dunlin.host.quantise.QuantisedDecoder.Block;
import dunlin.host.quantise.QuantisedDecoder.Norm;
import dunlin.host.quantise.QuantisedModel.Matrix8;
import dunlin.host.quantise.QuantisedModel.Projection;
import dunlin.host.quantise.QuantisedModel.Sum;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Hashes a quantised model: every field but names, in order of declaration. */
final class ModelHash {
  private final MessageDigest digest;
  private final ByteBuffer word = ByteBuffer.allocate(8);

  private ModelHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static long of(QuantisedDecoder model) {
    ModelHash hash = new ModelHash();
    hash.config(model.config());
    hash.add(model.residualFraction());
    hash.add(model.tied() ? 1 : 0);
    hash.matrix(model.embedding());
    hash.add(model.embeddingMultipliers());
    hash.add(model.embeddingRight());
    model.blocks().forEach(hash::block);
    hash.norm(model.finalNorm());
    hash.projection(model.head());
    hash.add(model.tables().sine());
    hash.add(model.tables().frequencies());
    hash.add(model.tables().exponents());
    hash.add(model.tables().differences());
    hash.add(model.tables().logarithms());
    return ByteBuffer.wrap(hash.digest.digest()).getLong();
  }

  static long of(QuantisedEncoder model) {
    ModelHash hash = new ModelHash();
    hash.value(model);
    return ByteBuffer.wrap(hash.digest.digest()).getLong();
  }

  /** What a record is made of, names left out: they change no bit. */
  private void value(Object value) {
    if (value instanceof Record whole) {
      for (RecordComponent part : whole.getClass().getRecordComponents()) {
        if (!part.getName().equals("name")) {
          value(read(part, whole));
        }
      }
    } else if (value instanceof Collection<?> values) {
      add(values.size());
      values.forEach(this::value);
    } else if (value instanceof Optional<?> optional) {
      value(optional.stream().toList());
    } else if (value instanceof Map<?, ?> map) {
      value(map.keySet());
      value(map.values());
    } else if (value instanceof byte[] bytes) {
      add(bytes);
    } else if (value instanceof int[] words) {
      add(words.length);
      add(words);
    } else if (value instanceof double[] doubles) {
      add(doubles.length);
      Arrays.stream(doubles).mapToLong(Double::doubleToLongBits).forEach(this::add);
    } else {
      add(value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Object read(RecordComponent part, Record whole) {
    try {
      return part.getAccessor().invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record's parts can be read", e);
    }
  }

  /** Not the trained context: it bounds nothing that a result depends on. */
  private void config(LlamaConfig c) {
    add(c.dim(), c.hidden(), c.layers(), c.heads(), c.kvHeads(), c.headSize(), c.vocabulary());
    add(Double.doubleToLongBits(c.normEpsilon()));
    add(Double.doubleToLongBits(c.ropeTheta()));
  }

  private void block(Block b) {
    norm(b.attentionNorm());
    projection(b.queryKeyValue());
    add(b.attention().scoreUnit(), b.attention().contextUnit());
    add(b.attention().contextBits(), b.attention().contextStep());
    sum(b.output());
    norm(b.feedForwardNorm());
    projection(b.gateUp());
    add(
        b.gate().left(),
        b.gate().multiplier(),
        b.gate().shift(),
        b.gate().hiddenBits(),
        b.gate().hiddenStep());
    sum(b.down());
  }

  private void norm(Norm n) {
    for (short gain : n.gain()) {
      add(gain);
    }
    add(n.inverseWidth(), n.epsilon(), n.unit());
  }

  private void projection(Projection p) {
    matrix(p.matrix());
    add(p.multipliers());
    add(p.left(), p.shift(), p.headroom());
    add(p.fractions());
  }

  private void sum(Sum s) {
    matrix(s.matrix());
    add(s.multipliers());
    add(s.left(), s.right());
  }

  private void matrix(Matrix8 m) {
    add(m.rows(), m.columns());
    add(m.values());
  }

  private void add(byte[] bytes) {
    add(bytes.length);
    digest.update(bytes);
  }

  private void add(int... values) {
    for (int value : values) {
      digest.update(word.clear().putInt(value).flip());
    }
  }

  private void add(long value) {
    digest.update(word.clear().putLong(value).flip());
  }
}
