/**
 * Questions about texts: the span that an encoder with a head for starts and ends marks. {@link
 * dunlin.host.answer.Answerer} is the way in.
 */
package dunlin.host.answer;
