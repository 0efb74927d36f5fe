/** Boards as data: what a board of a type has, read from TOML. */
package dunlin.boards;
