package dunlin.host.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dunlin.host.answer.Windows.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void shouldReadAShortTextAtOnce() {
    assertEquals(List.of(new Window(0, 5)), Windows.over(5, 5, 1));
  }

  @Test
  void shouldOverlap() {
    assertEquals(
        List.of(new Window(0, 5), new Window(3, 8), new Window(6, 9)), Windows.over(9, 5, 3));
  }

  @Test
  void shouldLeaveNothingOutWhereTheStrideIsLongerThanAWindow() {
    assertEquals(
        List.of(new Window(0, 2), new Window(2, 4), new Window(4, 5)), Windows.over(5, 2, 9));
  }
}
