package dunlin.host.rig;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whose images the boards of a rig may get. Paths are relative to the rig file.
 *
 * @param key a public Ed25519 key, in PEM format
 * @param manifest what that key has signed
 * @param release the first that may be flashed; null for any
 */
public record Trust(
    @JsonProperty(required = true) String key,
    @JsonProperty(required = true) String manifest,
    Integer release) {}
