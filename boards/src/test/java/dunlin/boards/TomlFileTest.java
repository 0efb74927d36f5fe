package dunlin.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TomlFileTest {
  private enum Colour {
    @JsonProperty("red")
    RED,
    @JsonProperty("dark-blue")
    DARK_BLUE
  }

  private record Wheel(@JsonProperty(required = true) int spokes) {}

  private record Cart(
      @JsonProperty(required = true) String name,
      Colour colour,
      int axles,
      long grams,
      double load,
      boolean covered,
      List<Wheel> wheels,
      Wheel spare) {}

  @Test
  void shouldReadWhatIsWellFormed() {
    String toml = "name = 'a'\ncolour = 'dark-blue'\naxles = 2\n[[wheels]]\nspokes = 8\n";
    assertEquals(
        new Cart("a", Colour.DARK_BLUE, 2, 0, 0, false, List.of(new Wheel(8)), null),
        new TomlFile("cart.toml", toml, "see docs").read(Cart.class));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "wheels = 3, wheels: should be a list: [...]",
        "wheels = [3], wheels[0]: should be a table: { key = value } or [key]",
        "spare = 'none', spare: should be a table: { key = value } or [key]",
        "axles = 'two', axles: should be a whole number",
        "axles = [2], axles: should be a whole number",
        "axles = 2.5, axles: should be a whole number",
        "axles = 12345678901, axles: Numeric value (12345678901) out of range of int (-2147483648 - 2147483647)",
        "grams = '2', grams: should be a whole number",
        "load = 'heavy', load: should be a number",
        "covered = 1, covered: should be true or false",
        "colour = 'green', ~colour: 'green' is none of red, dark-blue~",
        "name = [], name: should be a text in quotes",
        "spare = {}, spare.spokes: missing",
        "whels = 3, ~whels: no such key, there are axles, colour, covered, grams, load, name, spare, wheels~",
      })
  void shouldSayOfAWrongValueWhatItShouldBe(String line, String complaint) {
    String toml = (line.startsWith("name") ? "" : "name = 'a'\n") + "\n" + line + "\n";
    int at = line.startsWith("name") ? 2 : 3;
    TomlFile file = new TomlFile("cart.toml", toml, "see docs");
    Refusal refusal = assertThrows(Refusal.class, () -> file.read(Cart.class));
    assertEquals("cart.toml, line " + at + ", " + complaint, refusal.what());
    assertEquals("see docs", refusal.remedy());
  }
}
