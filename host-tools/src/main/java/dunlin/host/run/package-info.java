/**
 * From images to tokens: the coordinator talks to a node's console link, a session turns prompts
 * into passes and passes into text. The entry points are {@link dunlin.host.run.EmulatedFlock} and
 * {@link dunlin.host.run.Generator}.
 */
package dunlin.host.run;
