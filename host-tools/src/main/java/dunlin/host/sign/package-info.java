/**
 * Signed images: whoever builds a flock's images signs a manifest of them, and whoever flashes them
 * refuses what the manifest does not name. The cryptography is the JDK's: Ed25519 (RFC 8032) and
 * SHA-256.
 */
package dunlin.host.sign;
