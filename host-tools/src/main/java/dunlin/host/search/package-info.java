/** Which of all flocks that could hold a model is the fastest, the thriftiest, or the smallest. */
package dunlin.host.search;
