/** The metadata store as a whole: everything below it, opened and closed together. */
@NullMarked
package dev.lakebed.storage.metadata.store;

import org.jspecify.annotations.NullMarked;
