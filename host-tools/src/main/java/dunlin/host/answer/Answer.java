package dunlin.host.answer;

/**
 * A part of a text that answers a question.
 *
 * @param text as it was written
 * @param from its first char
 * @param to one behind its last char
 * @param score the start's logit and the end's together, natural-log units
 * @param probability the start's softmax over its window's tokens of the text, times the end's
 */
public record Answer(String text, int from, int to, double score, double probability) {}
