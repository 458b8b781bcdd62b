/**
 * What lies on a volume: its files, identity and format, how they are opened, recovered after a
 * crash and read from front to back. Depends on nothing else of the blob store.
 */
@NullMarked
package dev.lakebed.storage.blob.volume;

import org.jspecify.annotations.NullMarked;
