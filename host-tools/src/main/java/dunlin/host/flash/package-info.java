/**
 * Firmware and images into the flash of boards, by whatever reaches them. What is there already is
 * left alone, everything is read back, and what makes a board trust its image is written last.
 */
package dunlin.host.flash;
