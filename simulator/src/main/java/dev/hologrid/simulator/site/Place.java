package dev.hologrid.simulator.site;

import java.util.List;

/**
 * One node of the grid tree.
 *
 * @param parent the code of the place around it; empty for the district
 * @param floors 0 where it means nothing
 * @param rings the outline, outer ring first, without the closing repetition; empty for floors
 */
public record Place(
    String code,
    String name,
    String nameEn,
    Level level,
    String parent,
    Position at,
    int floors,
    List<List<Position>> rings) {}
