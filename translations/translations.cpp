// The library is its resources; a static library needs something to compile.
