/**
 * The metadata database: how it is started, migrated and reached, its transactions and the forms of
 * its columns. What lies in it has packages of its own, opened together by {@code store}.
 */
@NullMarked
package dev.lakebed.storage.metadata;

import org.jspecify.annotations.NullMarked;
