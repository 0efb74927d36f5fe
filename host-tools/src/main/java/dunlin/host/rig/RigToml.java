package dunlin.host.rig;

import dunlin.boards.Refusal;
import dunlin.boards.TomlFile;
import java.util.Objects;
import java.util.function.IntFunction;

/** What rig files are held against. */
record RigToml(TomlFile file) {
  <T> T read(Class<T> type) {
    return file.read(type);
  }

  Refusal refusal(String key, String what) {
    return file.refusal(key, what);
  }

  /** Refuses a number outside of its range; null is none. */
  void expect(String key, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw refusal(key, value + ", not " + least + " to " + most);
    }
  }

  /** Refuses an empty text; {@code instead} says what belongs there. */
  void refuseBlank(String key, String value, String instead) {
    if (value.isBlank()) {
      throw refusal(key, "empty; " + instead);
    }
  }

  /**
   * Refuses a value that two entries of a list have; null is none.
   *
   * @param value of an entry
   */
  void refuseTwice(String list, String key, int count, IntFunction<Object> value) {
    for (int i = 0; i < count; i++) {
      Object one = value.apply(i);
      for (int before = 0; one != null && before < i; before++) {
        if (Objects.equals(one, value.apply(before))) {
          throw refusal(
              list + "[" + i + "]." + key, one + " is that of " + list + "[" + before + "] too");
        }
      }
    }
  }
}
