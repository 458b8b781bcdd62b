/**
 * Current objects and multipart uploads. Writes of objects share transactions; see {@link
 * Committer}.
 */
@NullMarked
package dev.lakebed.storage.metadata.object;

import org.jspecify.annotations.NullMarked;
