/** Work that goes on while the server runs, and what ends it. */
@NullMarked
package dev.lakebed.task;

import org.jspecify.annotations.NullMarked;
