/** Looking for the highest request rate that a server still serves as wished. */
package io.evalstream.loadgenerator.search;
