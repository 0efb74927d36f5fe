package dunlin.boards;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Memory off the chip that holds a board's image: external flash or RAM, from which weights are
 * fetched before they are computed with.
 *
 * @param bytesPerSecond of its channel
 * @param picojoules for a byte that is fetched
 * @param residentBytes of an image that lie on the chip all the same, as in a microcontroller's own
 *     flash; may be 0
 * @param buffer the RAM region that what is fetched comes to, beside a node's buffers
 * @param mapped whether cores read it as data where nothing is fetched ahead: they wait for it at
 *     work, not asleep
 * @param freePrefetch an accounting in which fetching ahead takes energy and no time; the channel's
 *     rate counts where nothing can be fetched ahead
 */
public record OffChip(
    @JsonProperty(value = "bytes-per-second", required = true) double bytesPerSecond,
    @JsonProperty(required = true) double picojoules,
    @JsonProperty(value = "resident-bytes", required = true) int residentBytes,
    @JsonProperty(required = true) String buffer,
    boolean mapped,
    @JsonProperty("free-prefetch") boolean freePrefetch) {

  /** This, with prefetch that takes no time. */
  OffChip withFreePrefetch() {
    return new OffChip(bytesPerSecond, picojoules, residentBytes, buffer, mapped, true);
  }
}
