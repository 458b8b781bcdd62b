/** Names and small files that survive power loss; the one way of writing them outside volumes. */
@NullMarked
package dev.lakebed.storage.files;

import org.jspecify.annotations.NullMarked;
