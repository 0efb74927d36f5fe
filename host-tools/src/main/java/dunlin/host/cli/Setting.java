package dunlin.host.cli;

import dunlin.host.run.Sampling;

/** Where and how a text is written. */
record Setting(Venue rig, Built built, Sampling sampling) {}
