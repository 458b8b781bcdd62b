/** Puts the parts together, starts and stops them. Depends on everything; nothing depends on it. */
@NullMarked
package dev.lakebed.app;

import org.jspecify.annotations.NullMarked;
