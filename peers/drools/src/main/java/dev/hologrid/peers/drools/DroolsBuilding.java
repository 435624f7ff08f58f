package dev.hologrid.peers.drools;

/**
 * A building as a fact.
 *
 * @param index its number in the stream
 */
public record DroolsBuilding(int index) {
  public int getIndex() {
    return index;
  }
}
