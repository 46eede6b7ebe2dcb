package io.evalstream.datasets.dedup;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Numbers joined pair by pair, but never two of them that must stay apart. Not thread-safe. */
final class Clusters {

  private final int[] parents;
  private final Map<Integer, Set<Integer>> apart = new HashMap<>();

  Clusters(int size) {
    parents = new int[size];
    for (int number = 0; number < size; number++) {
      parents[number] = number;
    }
  }

  /** Two numbers must never be in one cluster; they must not be in one yet. */
  void keepApart(int one, int other) {
    int left = root(one);
    int right = root(other);
    apart.computeIfAbsent(left, root -> new HashSet<>()).add(right);
    apart.computeIfAbsent(right, root -> new HashSet<>()).add(left);
  }

  /** Joins the clusters of two numbers, unless that brings together what must stay apart. */
  boolean join(int one, int other) {
    int kept = Math.min(root(one), root(other));
    int joined = Math.max(root(one), root(other));
    if (kept == joined) {
      return true;
    }
    if (apart.getOrDefault(kept, Set.of()).contains(joined)) {
      return false;
    }
    parents[joined] = kept;
    Set<Integer> others = apart.remove(joined);
    if (others != null) {
      for (int root : others) {
        apart.get(root).remove(joined);
        keepApart(kept, root);
      }
    }
    return true;
  }

  /** The lowest number of its cluster. */
  int root(int number) {
    int root = number;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }
}
