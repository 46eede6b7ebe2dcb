/** Whether the generator itself can be trusted: how late it sends, and what held it up. */
package io.evalstream.loadgenerator.health;
