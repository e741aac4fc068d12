-- KEYS: one for each ticket type, then one for each call that has an idempotency key.
-- ARGV: life of a key in seconds, number of ticket types, then for each call the place of its key among KEYS, 0 without one,
-- and the places of its ticket types with commas between them.
-- Tells of each call whether it is in vain: 1 when one of its ticket types is marked and its key was never let through.
-- The keys of calls that are let through are noted.
local isMarked = {}
for place = 1, tonumber(ARGV[2]) do
  isMarked[place] = redis.call('EXISTS', KEYS[place]) == 1
end

local function wantsMarked(places)
  for place in string.gmatch(places, '%d+') do
    if isMarked[tonumber(place)] then return true end
  end
  return false
end

local answers = {}
for at = 3, #ARGV, 2 do
  local key = KEYS[tonumber(ARGV[at])]
  local wasAsked = key ~= nil and redis.call('EXISTS', key) == 1
  local isInVain = not wasAsked and wantsMarked(ARGV[at + 1])
  if key ~= nil and not wasAsked and not isInVain then redis.call('SET', key, '1', 'EX', ARGV[1]) end
  answers[#answers + 1] = isInVain and 1 or 0
end
return answers
