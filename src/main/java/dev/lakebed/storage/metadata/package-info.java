/** Entities, repositories, migrations and the database itself. */
@NullMarked
package dev.lakebed.storage.metadata;

import org.jspecify.annotations.NullMarked;
