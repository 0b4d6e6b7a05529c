package ai.opengradient.worker.journal;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Totals over the worker's life. */
record TotalTable(Handle handle) {

  void add(String name, BigInteger amount) {
    BigInteger before =
        handle
            .createQuery("SELECT value FROM total WHERE name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .findOne()
            .map(BigInteger::new)
            .orElse(BigInteger.ZERO);
    handle
        .createUpdate(
            "INSERT INTO total (name, value) VALUES (:name, :value)"
                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind("name", name)
        .bind("value", before.add(amount).toString())
        .execute();
  }

  Map<String, BigInteger> all() {
    Map<String, BigInteger> totals = new TreeMap<>();
    handle
        .createQuery("SELECT name, value FROM total")
        .map((row, context) ->
            Map.entry(row.getString("name"), new BigInteger(row.getString("value"))))
        .forEach(total -> totals.put(total.getKey(), total.getValue()));
    return totals;
  }
}
