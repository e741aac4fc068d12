--[[
  Functions for scripts that count votes. A ballot is what people vote on: a poll, or a question. It lies in two hashes:

  totals  '' the epoch it was loaded in, '*' how many have voted, '!' '1' when it takes no votes, choice -> how many
  votes   voter -> their choices, joined by ','; or, where nothing is counted by choice, a text

  Both are void under another epoch, and are then loaded from PostgreSQL and the end of the room's log.
]]
--- @include "../../../platform/rooms/append-entry.lua"

local function is_loaded(room, ballot)
  return redis.call('HGET', ballot.totals, '') == room.epoch
end

local function count_choices(ballot, value, by)
  if not ballot.is_counted then return end
  for choice in string.gmatch(value, '[^,]+') do redis.call('HINCRBY', ballot.totals, choice, by) end
end

-- load: JSON { isClosed, votes: { voter: value } }
local function load_ballot(room, ballot)
  local load = cjson.decode(ballot.load)
  redis.call('DEL', ballot.totals, ballot.votes)
  redis.call('HSET', ballot.totals, '', room.epoch, '*', 0, '!', load.isClosed and '1' or '0')
  local voters = 0
  for voter, value in pairs(load.votes) do
    redis.call('HSET', ballot.votes, voter, value)
    count_choices(ballot, value, 1)
    voters = voters + 1
  end
  redis.call('HSET', ballot.totals, '*', voters)
end

-- Puts a vote in the place of the voter's earlier one; '' takes it back. True when something changed.
local function put_vote(ballot, voter, value)
  local earlier = redis.call('HGET', ballot.votes, voter) or ''
  if earlier == value then return false end
  count_choices(ballot, earlier, -1)
  count_choices(ballot, value, 1)
  if earlier == '' then redis.call('HINCRBY', ballot.totals, '*', 1) end
  if value == '' then
    redis.call('HINCRBY', ballot.totals, '*', -1)
    redis.call('HDEL', ballot.votes, voter)
  else
    redis.call('HSET', ballot.votes, voter, value)
  end
  return true
end

local function voters_of(ballot)
  return tonumber(redis.call('HGET', ballot.totals, '*'))
end

local function totals_json(ballot)
  local flat, totals = redis.call('HGETALL', ballot.totals), {}
  for i = 1, #flat, 2 do
    if #flat[i] > 1 and flat[i + 1] ~= '0' then totals[flat[i]] = tonumber(flat[i + 1]) end
  end
  return cjson.encode(totals)
end

local function keep(ballot, ttl)
  redis.call('EXPIRE', ballot.totals, ttl)
  -- A little longer: totals that are there must never stand beside votes that are gone.
  redis.call('EXPIRE', ballot.votes, ttl + 60)
end
