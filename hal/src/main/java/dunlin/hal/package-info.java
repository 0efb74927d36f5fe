/** What a board offers to the firmware. Board Java. */
package dunlin.hal;
