package dev.lakebed.front;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Caller;

/** Joins a principal with the policies and condition keys of its request. */
@FunctionalInterface
public interface Callers {
  /** The caller of an authenticated request. */
  Caller of(Authenticated authenticated);
}
