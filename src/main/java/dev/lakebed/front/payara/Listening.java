package dev.lakebed.front.payara;

import java.util.Optional;
import java.util.Set;

/**
 * How far the listeners are.
 *
 * @param open names of those that take connections through the hook
 * @param failure why one could not be opened: Payara goes on without it and says nothing
 */
record Listening(Set<String> open, Optional<String> failure) {}
