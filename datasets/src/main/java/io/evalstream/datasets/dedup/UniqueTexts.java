package io.evalstream.datasets.dedup;

import io.evalstream.datasets.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Documents by their normalised text, numbered from 0 in the order of their first documents. */
final class UniqueTexts {

  private final List<String> texts = new ArrayList<>();
  private final List<List<Document>> documents = new ArrayList<>();

  UniqueTexts(List<Document> documents) {
    Map<String, Integer> numbers = new HashMap<>();
    for (Document document : documents.stream().sorted(Document.ORDER).toList()) {
      String text = Texts.normalized(document.text());
      Integer known = numbers.putIfAbsent(Sha256.of(text), texts.size());
      if (known == null) {
        texts.add(text);
        this.documents.add(List.of(document));
      } else {
        List<Document> same = new ArrayList<>(this.documents.get(known));
        same.add(document);
        this.documents.set(known, same);
      }
    }
  }

  int size() {
    return texts.size();
  }

  List<String> texts() {
    return texts;
  }

  String text(int number) {
    return texts.get(number);
  }

  /** All that have the text, the first of their order first. */
  List<Document> documents(int number) {
    return documents.get(number);
  }

  Document first(int number) {
    return documents.get(number).get(0);
  }
}
