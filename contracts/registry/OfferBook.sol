// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IWorkerRegistry} from "./IWorkerRegistry.sol";

/// @notice The offers for one model version, as they are now and as they were at every instant of the last cooldown.
/// @dev An offer's terms from one change to the next are a *stand*. A place in the book keeps the present stand and the one
///      before. A stand counts at `instant` iff since < instant < until: it begins after the instant of the change that makes it
///      and lasts through the instant of the change that ends it, so that nothing done later, not even in a block of the same
///      timestamp, alters what stood at an instant.
///
///      A stand is overwritten only when it ended a cooldown ago; who asks about instants of the last cooldown never misses it.
library OfferBook {
    /// @dev Storage layout of a place, three words; a draw reads two of them unless the stand is younger than the request:
    ///
    ///        0  worker 160 | price 96
    ///        1  bondLimit 96 | since 40 | until 40 | createdAt 40 | previousSince 40
    ///        2  previousPrice 96 | previousBondLimit 96 | previousUntil 40
    struct Place {
        address worker;
        uint96 price;
        uint96 bondLimit;
        uint40 since;
        uint40 until; // zero: the offer is open
        uint40 createdAt; // instant at which the book grew by this place
        uint40 previousSince;
        uint96 previousPrice;
        uint96 previousBondLimit;
        uint40 previousUntil;
    }

    /// @dev A place that was left; may be given away a cooldown later if nothing happened to it since.
    struct Vacancy {
        uint32 position;
        uint40 until;
    }

    /// @dev Storage layout: the first four fields share a word.
    struct Book {
        uint32 size; // places, the vacant ones included
        uint40 grownAt; // createdAt of the last place
        uint32 firstVacancy; // vacancies are a queue, oldest first
        uint32 nextVacancy;
        mapping(uint32 position => Place) places;
        mapping(address worker => uint32) placeNumber; // position + 1 of the place that the worker took last
        mapping(uint32 index => Vacancy) vacancies;
    }

    /// @notice Opens the worker's offer: at its old place if it still has it, else at one long vacant, else at a new one.
    function open(
        Book storage book,
        uint32 version,
        address worker,
        uint96 price,
        uint96 bondLimit,
        uint40 cooldown
    ) internal returns (uint32 position) {
        uint32 number = book.placeNumber[worker];
        if (number != 0 && book.places[number - 1].worker == worker) {
            position = number - 1;
            Place storage own = book.places[position];
            if (own.until == 0) revert IWorkerRegistry.OfferExists(version, worker);
            _begin(own, version, own.until, price, bondLimit, cooldown);
            return position;
        }
        bool vacant;
        (vacant, position) = _takeVacancy(book, cooldown);
        if (!vacant) {
            position = book.size++;
            book.grownAt = uint40(block.timestamp);
        }
        book.placeNumber[worker] = position + 1;
        book.places[position] = Place({
            worker: worker,
            price: price,
            bondLimit: bondLimit,
            since: uint40(block.timestamp),
            until: 0,
            createdAt: vacant ? book.places[position].createdAt : uint40(block.timestamp),
            previousSince: 0,
            previousPrice: 0,
            previousBondLimit: 0,
            previousUntil: 0
        });
    }

    /// @notice Replaces an open offer's terms for later instants.
    function reprice(
        Book storage book,
        uint32 version,
        address worker,
        uint96 price,
        uint96 bondLimit,
        uint40 cooldown
    ) internal {
        (, Place storage place) = openPlaceOf(book, version, worker);
        _begin(place, version, uint40(block.timestamp) + 1, price, bondLimit, cooldown);
    }

    /// @notice Ends an open offer for later instants.
    function close(Book storage book, uint32 version, address worker) internal {
        (uint32 position, Place storage place) = openPlaceOf(book, version, worker);
        uint40 until = uint40(block.timestamp) + 1;
        place.until = until;
        book.vacancies[book.nextVacancy++] = Vacancy(position, until);
    }

    /// @notice The place of the worker's open offer; reverts with NoOffer.
    function openPlaceOf(
        Book storage book,
        uint32 version,
        address worker
    ) internal view returns (uint32 position, Place storage place) {
        uint32 number = book.placeNumber[worker];
        if (number == 0) revert IWorkerRegistry.NoOffer(version, worker);
        position = number - 1;
        place = book.places[position];
        if (place.worker != worker || place.until != 0) revert IWorkerRegistry.NoOffer(version, worker);
    }

    /// @notice The terms of the stand that counts at an instant, if any.
    function termsAt(
        Place storage place,
        uint40 instant
    ) internal view returns (bool stands, uint96 price, uint96 bondLimit) {
        if (instant > place.since) return (place.until == 0 || instant < place.until, place.price, place.bondLimit);
        stands = instant > place.previousSince && instant < place.previousUntil;
        if (stands) (price, bondLimit) = (place.previousPrice, place.previousBondLimit);
    }

    /// @notice The first offer, from position `seed` modulo the size onwards and around, that fits at the instant.
    function draw(
        Book storage book,
        uint256 seed,
        uint40 instant,
        uint96 priceLimit,
        uint96 bond
    ) internal view returns (address worker, uint96 price) {
        uint32 size = sizeAt(book, instant);
        if (size == 0) return (address(0), 0);
        uint32 position = uint32(seed % size);
        for (uint32 visited = 0; visited < size; visited++) {
            Place storage place = book.places[position];
            (bool stands, uint96 asked, uint96 bondLimit) = termsAt(place, instant);
            if (stands && asked <= priceLimit && bond <= bondLimit) return (place.worker, asked);
            position = position + 1 == size ? 0 : position + 1;
        }
    }

    /// @notice The lowest price that stands at an instant and accepts the bond, and how many such offers there are.
    function quote(
        Book storage book,
        uint40 instant,
        uint96 bond
    ) internal view returns (uint96 lowestPrice, uint32 offers) {
        uint32 size = sizeAt(book, instant);
        for (uint32 position = 0; position < size; position++) {
            (bool stands, uint96 price, uint96 bondLimit) = termsAt(book.places[position], instant);
            if (!stands || bond > bondLimit) continue;
            if (offers == 0 || price < lowestPrice) lowestPrice = price;
            offers++;
        }
    }

    /// @notice The number of places that the book had before an instant.
    /// @dev Places are in the order of their creation, so what came later lies behind.
    function sizeAt(Book storage book, uint40 instant) internal view returns (uint32 size) {
        size = book.size;
        if (book.grownAt < instant) return size;
        uint32 low = 0;
        while (low < size) {
            uint32 middle = (low + size) / 2;
            if (book.places[middle].createdAt < instant) low = middle + 1;
            else size = middle;
        }
    }

    /// @notice Whether a place can be given to another worker.
    function isVacant(Place storage place, uint40 cooldown) internal view returns (bool) {
        return place.until != 0 && place.until + cooldown <= block.timestamp;
    }

    /// @dev Begins a stand; the present one, ended at `until`, becomes the previous one.
    function _begin(
        Place storage place,
        uint32 version,
        uint40 until,
        uint96 price,
        uint96 bondLimit,
        uint40 cooldown
    ) private {
        // INVARIANT: a stand that a job of the last cooldown may count on is never overwritten.
        uint40 allowedAt = place.previousUntil + cooldown;
        if (place.previousUntil != 0 && block.timestamp < allowedAt) {
            revert IWorkerRegistry.RepricedTooSoon(version, place.worker, allowedAt);
        }
        place.previousSince = place.since;
        place.previousPrice = place.price;
        place.previousBondLimit = place.bondLimit;
        place.previousUntil = until;
        place.price = price;
        place.bondLimit = bondLimit;
        place.since = uint40(block.timestamp);
        place.until = 0;
    }

    /// @dev Takes the oldest vacancy that is a cooldown old. Forgets those whose place has been opened again meanwhile.
    function _takeVacancy(Book storage book, uint40 cooldown) private returns (bool taken, uint32 position) {
        uint32 index = book.firstVacancy;
        for (; index < book.nextVacancy && !taken; index++) {
            Vacancy storage vacancy = book.vacancies[index];
            if (vacancy.until + cooldown > block.timestamp) break;
            position = vacancy.position;
            taken = book.places[position].until == vacancy.until;
            delete book.vacancies[index];
        }
        book.firstVacancy = index;
    }
}
