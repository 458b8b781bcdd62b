/** Work that goes on while the server runs, what is logged when it fails, and what ends it. */
@NullMarked
package dev.lakebed.task;

import org.jspecify.annotations.NullMarked;
